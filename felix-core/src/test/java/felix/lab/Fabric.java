package felix.lab;

/**
 * What lies between the hosts of a cluster: two subnets, each a bridge, in a namespace that routes
 * between them and is also the outside.
 */
public final class Fabric implements AutoCloseable {
  /** An address of the fabric on the first subnet that is no node's. */
  public static final String STRANGER = "10.65.0.9";

  static final String NAMESPACE = "lab-fabric";
  private static final String ROUTER = "10.65.0.254";

  Fabric() {
    Host.addNamespace(NAMESPACE);
    shell().run("sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.default.send_redirects=0");
    for (int subnet = 0; subnet < 2; subnet++) {
      shell()
          .run(
              "ip link add br%1$d type bridge && ip link set br%1$d up && ip addr add 10.65.%1$d.254/24 dev br%1$d"
                  .formatted(subnet));
    }
    shell().run("ip addr add %s/24 dev br0".formatted(STRANGER));
  }

  /** Commands on the fabric. */
  public Shell shell() {
    return Shell.in(NAMESPACE);
  }

  /** The router's own address on the first subnet. */
  public Party router() {
    return new Party(NAMESPACE, ROUTER);
  }

  /** Gives a host an eth0 on a subnet, whose other end has the node's name. */
  void join(Host host, String name, String ip, int subnet) {
    host.shell()
        .run(
            """
            set -e
            ip link add eth0 type veth peer name %1$s netns %2$s
            ip -n %2$s link set %1$s master br%4$d
            ip -n %2$s link set %1$s up
            ip addr add %3$s/24 dev eth0
            ip link set eth0 up
            ip route add default via 10.65.%4$d.254
            ping -q -n -c 1 -i 0.2 -w 10 10.65.%4$d.254
            """
                .formatted(name, NAMESPACE, ip, subnet));
  }

  @Override
  public void close() {
    Shell.here().run("ip netns del " + NAMESPACE);
  }
}
