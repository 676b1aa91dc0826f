package felix.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * Hosts on one fabric, an agent on each, and the etcd that all of them use, in the first host. Half
 * of the agents use iptables-legacy, half iptables-nft.
 */
public final class Cluster implements AutoCloseable {
  private final Fabric fabric = new Fabric();
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final Etcd etcd;

  /**
   * Hosts without agents yet. Node n has the address 10.65.subnet.n.
   *
   * @param name of the log files
   * @param subnets for each node, 0 or 1
   */
  public Cluster(String name, int... subnets) {
    for (int i = 0; i < subnets.length; i++) {
      int number = i + 1;
      var ip = "10.65.%d.%d".formatted(subnets[i], number);
      var node = new ClusterNode(number, ip, Logs.fresh(name + "-node" + number + "-agent"));
      fabric.join(node.host(), node.name(), ip, subnets[i]);
      node.set("FELIX_IPTABLESBACKEND", (i % 2 == 0 ? Backend.LEGACY : Backend.NFT).word());
      nodes.add(node);
    }
    var url = "http://" + node(1).party().ip() + ":2379";
    nodes.forEach(node -> node.set("FELIX_ETCDENDPOINTS", url));
    nodes.forEach(node -> node.set("ETCD_ENDPOINTS", url));
    etcd = new Etcd(node(1).host().namespace(), Logs.fresh(name + "-etcd"), url);
  }

  /** A node by its number, from 1. */
  public ClusterNode node(int number) {
    return nodes.get(number - 1);
  }

  public List<ClusterNode> nodes() {
    return List.copyOf(nodes);
  }

  public Fabric fabric() {
    return fabric;
  }

  public Etcd etcd() {
    return etcd;
  }

  /** Starts an agent on every node, and waits until all say that they are ready. */
  public void startAgents() {
    nodes.forEach(ClusterNode::startAgent);
    nodes.forEach(node -> node.agent().awaitReady());
  }

  /** Waits until every agent has ended to be started anew with another configuration, and does. */
  public void awaitRestarts() {
    nodes.forEach(node -> node.agent().awaitExit(AgentProcess.CONFIGURATION_CHANGED));
    startAgents();
  }

  /** What the nodes send from now on. */
  public Wire wire() {
    return new Wire(nodes.stream().map(ClusterNode::name).toList());
  }

  @Override
  public void close() {
    nodes.forEach(ClusterNode::close);
    etcd.kill();
    fabric.close();
    Shell.here().run("rm -rf /run/lab/*");
  }
}
