package felix.lab;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws curves as SVG: one panel beside and below the other, each with its own scale. */
public final class Picture {
  private static final int COLUMNS = 3;
  private static final int WIDTH = 330;
  private static final int HEIGHT = 170;
  private static final int LEFT = 46;
  private static final int TOP = 22;
  private static final int PLOT_WIDTH = WIDTH - LEFT - 14;
  private static final int PLOT_HEIGHT = 96;
  private static final int LEGEND_LINES = 3;
  private static final int LEGEND_CHARACTERS = 54;
  private static final int CHARACTER_WIDTH = 5;
  private static final List<String> COLOURS =
      List.of(
          "#3274d9", "#e0752d", "#56a64b", "#a352cc", "#c4162a", "#b8860b", "#17a2a2", "#666666");

  private final double seconds;
  private final StringBuilder svg = new StringBuilder();
  private int count;

  /**
   * An empty picture.
   *
   * @param seconds how long a time it shows
   */
  public Picture(double seconds) {
    this.seconds = seconds;
  }

  /** Adds a panel. Curves that are zero all the time are left out. */
  public void add(String title, List<Curve> all) {
    List<Curve> curves = all.stream().filter(curve -> curve.max() > 0).toList();
    int x = count % COLUMNS * WIDTH;
    int y = count / COLUMNS * HEIGHT;
    count++;
    double most = roundedUp(curves.stream().mapToDouble(Curve::max).max().orElse(0));
    svg.append("<g transform=\"translate(%d,%d)\">\n".formatted(x, y));
    text(LEFT, 14, "t", title);
    grid(most);
    for (int i = 0; i < curves.size(); i++) {
      draw(curves.get(i), most, COLOURS.get(i % COLOURS.size()));
    }
    legend(curves);
    svg.append("</g>\n");
  }

  /** The whole. */
  public String svg() {
    int rows = (count + COLUMNS - 1) / COLUMNS;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="9">
        <style>.t{font-size:11px;font-weight:bold}.g{stroke:#ddd}.c{fill:none;stroke-width:1.3}</style>
        <rect width="100%%" height="100%%" fill="#fff"/>
        %s</svg>
        """
        .formatted(COLUMNS * WIDTH, rows * HEIGHT, svg);
  }

  private void grid(double most) {
    for (int part = 0; part <= 2; part++) {
      int y = TOP + PLOT_HEIGHT - PLOT_HEIGHT * part / 2;
      svg.append(
          "<line class=\"g\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n"
              .formatted(LEFT, LEFT + PLOT_WIDTH, y, y));
      right(LEFT - 4, y + 3, number(most * part / 2));
      right(
          LEFT + PLOT_WIDTH * part / 2 + 6,
          TOP + PLOT_HEIGHT + 11,
          number(seconds * part / 2) + " s");
    }
  }

  private void draw(Curve curve, double most, String colour) {
    String points =
        curve.points().stream()
            .filter(point -> Double.isFinite(point.value()))
            .map(point -> position(point, most))
            .collect(Collectors.joining(" "));
    svg.append("<polyline class=\"c\" stroke=\"%s\" points=\"%s\"/>\n".formatted(colour, points));
  }

  private String position(Curve.Point point, double most) {
    double x = LEFT + PLOT_WIDTH * point.seconds() / seconds;
    double y = TOP + PLOT_HEIGHT - PLOT_HEIGHT * point.value() / most;
    return String.format(Locale.ROOT, "%.0f,%.1f", x, y);
  }

  private void legend(List<Curve> curves) {
    int line = 0;
    int used = 0;
    for (int i = 0; i < curves.size() && line < LEGEND_LINES; i++) {
      String name = curves.get(i).name();
      if (used > 0 && used + name.length() > LEGEND_CHARACTERS) {
        line++;
        used = 0;
      }
      if (line < LEGEND_LINES) {
        svg.append("<g fill=\"%s\">".formatted(COLOURS.get(i % COLOURS.size())));
        text(LEFT + used * CHARACTER_WIDTH, TOP + PLOT_HEIGHT + 23 + 11 * line, "", "■ " + name);
        svg.append("</g>\n");
      }
      used += name.length() + 3;
    }
  }

  private void text(int x, int y, String style, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, y, safe(text)));
  }

  private void right(int x, int y, String text) {
    svg.append(
        "<text text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, safe(text)));
  }

  private static String safe(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** One, two or five and zeros. */
  private static double roundedUp(double most) {
    if (most <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    for (double digit : new double[] {1, 2, 5}) {
      if (most <= digit * power) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    if (value >= 1e6) {
      return String.format(Locale.ROOT, "%.0fM", value / 1e6);
    }
    return String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
