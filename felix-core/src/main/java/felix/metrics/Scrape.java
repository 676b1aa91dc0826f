package felix.metrics;

import felix.calc.GraphSizes;

/**
 * What one scrape asks.
 *
 * @param host the agent's name of this host
 * @param server counts the scrapes themselves
 */
record Scrape(String host, Metrics agent, ServerStatus server) {
  GraphSizes sizes() {
    return agent.graph().sizes();
  }
}
