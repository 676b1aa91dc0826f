package felix.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import felix.model.EntityMatch;
import felix.model.HttpMatch;
import felix.model.Policy;
import felix.model.Rule;
import felix.model.RuleAction;
import felix.model.RuleOrigin;
import felix.model.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules said is kept for those who are told rules; what they match is another matter. */
class RuleOriginDecodingTest {
  private static final String PATH = "networkpolicies/prod/default.x";

  private static Rule rule(String direction, String rule) {
    Rules rules =
        Decoding.resource(Policy.class, PATH, "{\"%s\": [%s]}".formatted(direction, rule)).rules();
    return (direction.equals("ingress") ? rules.ingress() : rules.egress()).getFirst();
  }

  @Test
  void selectorsAreKeptAsTheyWereWritten() {
    RuleOrigin origin =
        rule(
                "ingress",
                """
                {"action": "Allow", "source": {"selector": " a=='b' ", "notSelector": "has( c )",
                   "namespaceSelector": "all()",
                   "serviceAccounts": {"names": ["z", "a"], "selector": "has(x)"}},
                 "destination": {"selector": "d == 'e'"}}
                """)
            .origin();
    assertThat(origin)
        .isEqualTo(
            new RuleOrigin(
                new RuleOrigin.Side(" a=='b' ", "has( c )", "all()", "has(x)", List.of("z", "a")),
                new RuleOrigin.Side("d == 'e'", "", "", "", List.of()),
                null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"source\": {\"nets\": [\"10.0.0.0/8\"]}, \"destination\": {\"selector\": \"\"}}",
        "{\"source\": {\"serviceAccounts\": {\"names\": []}}, \"http\": null}"
      })
  void ruleThatSaysNothingOfTheKindSharesOneOrigin(String rule) {
    assertThat(rule("ingress", rule).origin()).isSameAs(RuleOrigin.NONE);
  }

  @Test
  void equalSidesAreOneObject() {
    String rule = "{\"source\": {\"selector\": \"has(a)\"}}";
    RuleOrigin origin = rule("ingress", rule).origin();
    assertThat(rule("egress", rule).origin().source()).isSameAs(origin.source());
    assertThat(origin.destination()).isSameAs(RuleOrigin.Side.NONE);
  }

  /** As in Felix: the kernel cannot look into requests, and lets pass what might be allowed. */
  @ParameterizedTest
  @ValueSource(strings = {"ingress", "egress"})
  void httpIsKeptAndNarrowsNothing(String direction) {
    Rule rule =
        rule(
            direction,
            """
            {"action": "Allow", "http": {"methods": ["GET", "PUT"],
               "paths": [{"exact": "/a"}, {"prefix": "/b/"}]}}
            """);
    assertThat(rule.origin().http())
        .isEqualTo(
            new HttpMatch(
                List.of("GET", "PUT"),
                List.of(new HttpMatch.Path("/a", false), new HttpMatch.Path("/b/", true))));
    assertThat(rule.action()).isEqualTo(RuleAction.ALLOW);
    assertThat(rule.source()).isEqualTo(EntityMatch.ANY);
    assertThat(rule.destination()).isEqualTo(EntityMatch.ANY);
    assertThat(rule.protocol()).isNull();
  }

  @Test
  void httpMayNameNothing() {
    assertThat(rule("ingress", "{\"http\": {}}").origin().http())
        .isEqualTo(new HttpMatch(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          {"http": 1}                        ~ http
          {"http": {"methods": "GET"}}       ~ http.methods
          {"http": {"methods": [1]}}         ~ http.methods[0]
          {"http": {"paths": {}}}            ~ http.paths
          {"http": {"paths": ["/a"]}}        ~ http.paths[0]
          {"http": {"paths": [{"exact": "/"}, {}]}} ~ http.paths[1]
          {"http": {"paths": [{"exact": "/", "prefix": "/"}]}} ~ http.paths[0]
          {"http": {"paths": [{"exact": 1}]}} ~ http.paths[0].exact
          {"source": {"serviceAccounts": {"names": "a"}}} ~ source.serviceAccounts.names
          """)
  void badFieldIsNamed(String rule, String path) {
    assertThat(Decoding.problemOfSpec(PATH, "{\"ingress\": [" + rule + "]}").field())
        .isEqualTo("spec.ingress[0]." + path);
  }
}
