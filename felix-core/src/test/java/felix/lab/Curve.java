package felix.lab;

import java.util.List;

/** A line in a picture. */
public record Curve(String name, List<Point> points) {
  /** A moment, in seconds since the beginning, and what was measured then. */
  public record Point(double seconds, double value) {}

  /** Likewise with a word before its name. */
  public Curve under(String prefix) {
    return new Curve((prefix + " " + name).strip(), points);
  }

  double max() {
    return points.stream().mapToDouble(Point::value).filter(Double::isFinite).max().orElse(0);
  }
}
