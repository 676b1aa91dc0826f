package felix.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The panels of config/grafana/felix.json, with their queries as Grafana would ask them. */
public record Dashboard(List<Panel> panels) {
  /** What Grafana makes of the scrape interval: here it is a second. */
  private static final String RATE_INTERVAL = "5s";

  /** One panel that is no heading. */
  public record Panel(String title, boolean overTime, List<Target> targets) {}

  /** One query of a panel, and what Grafana calls its answer. */
  public record Target(String expression, String legend) {}

  /** As it is in the checkout. */
  public static Dashboard read() {
    try {
      JsonNode file =
          new ObjectMapper().readTree(Lab.ROOT.resolve("config/grafana/felix.json").toFile());
      var panels = new ArrayList<Panel>();
      file.get("panels").forEach(panel -> add(panel, panels));
      return new Dashboard(panels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(JsonNode panel, List<Panel> panels) {
    String type = panel.get("type").asText();
    if (type.equals("row")) {
      return;
    }
    var targets = new ArrayList<Target>();
    for (JsonNode target : panel.get("targets")) {
      String legend = target.get("legendFormat").asText();
      targets.add(
          new Target(
              filled(target.get("expr").asText()), legend.replaceAll("\\{\\{.*?}}", "").strip()));
    }
    panels.add(new Panel(panel.get("title").asText(), type.equals("timeseries"), targets));
  }

  private static String filled(String expression) {
    return expression
        .replace("$job", "felix")
        .replace("$instance", ".*")
        .replace("$__rate_interval", RATE_INTERVAL);
  }
}
