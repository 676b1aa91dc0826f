package felix.packets;

import java.util.stream.Stream;

/**
 * A node elsewhere with one block, and what the kernel of this node must hold for it under VXLAN:
 * the words that iproute2 has for that.
 */
record Remote(NodeData node, String block) {
  private static final int BLOCKS_PER_BYTE = 4;
  private static final int BLOCK_SIZE = 64;
  private static final int HOSTS_PER_BYTE = 250;

  /**
   * One of many, all different.
   *
   * @param i from 0; its block is the i-th of the pool
   */
  static Remote of(int i) {
    var prefix = "172.29.%d.%d".formatted(i / BLOCKS_PER_BYTE, i % BLOCKS_PER_BYTE * BLOCK_SIZE);
    var address = "10.66.%d.%d/24".formatted(i / HOSTS_PER_BYTE, i % HOSTS_PER_BYTE + 1);
    return new Remote(
        new NodeData(
            "remote" + i, address, prefix, "66:00:00:00:%02x:%02x".formatted(i >> 8, i & 255)),
        prefix + "/26");
  }

  Remote withOtherMac() {
    return new Remote(node.withMac("66:01" + node.mac().substring(5)), block);
  }

  Stream<Resource> resources() {
    return Stream.of(node.resource(), Resource.block(block, node.name()));
  }

  /** In the order of {@code bridge fdb}, {@code ip neigh} and {@code ip route}. */
  Stream<String> kernelState() {
    return Stream.of(
        node.mac() + " dst " + node.ip() + " self permanent",
        node.tunnelIp() + " lladdr " + node.mac() + " PERMANENT",
        block + " via " + node.tunnelIp());
  }
}
