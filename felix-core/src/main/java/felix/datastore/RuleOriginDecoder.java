package felix.datastore;

import felix.model.HttpMatch;
import felix.model.RuleOrigin;
import org.jspecify.annotations.Nullable;

/** What a rule says of selectors and of HTTP, as it was written. */
final class RuleOriginDecoder {
  private RuleOriginDecoder() {}

  static RuleOrigin decode(Json rule) {
    var origin =
        new RuleOrigin(
            side(rule.get("source")), side(rule.get("destination")), http(rule.get("http")));
    return origin.equals(RuleOrigin.NONE) ? RuleOrigin.NONE : origin;
  }

  private static RuleOrigin.Side side(Json entity) {
    if (!entity.isPresent()) {
      return RuleOrigin.Side.NONE;
    }
    Json accounts = entity.get("serviceAccounts");
    return Interned.side(
        new RuleOrigin.Side(
            entity.get("selector").textOr(""),
            entity.get("notSelector").textOr(""),
            entity.get("namespaceSelector").textOr(""),
            accounts.get("selector").textOr(""),
            accounts.get("names").parsedItems(name -> name)));
  }

  private static @Nullable HttpMatch http(Json http) {
    if (!http.isPresent()) {
      return null;
    }
    return new HttpMatch(
        http.get("methods").parsedItems(Interned::text),
        http.get("paths").items().stream().map(RuleOriginDecoder::path).toList());
  }

  /** With neither it would be any path; Calico's API takes no path with both. */
  private static HttpMatch.Path path(Json path) {
    String exact = path.get("exact").textOr("");
    String prefix = path.get("prefix").textOr("");
    if (exact.isEmpty() == prefix.isEmpty()) {
      throw path.bad("needs either exact or prefix");
    }
    return exact.isEmpty() ? new HttpMatch.Path(prefix, true) : new HttpMatch.Path(exact, false);
  }
}
