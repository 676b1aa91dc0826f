/**
 * What the agent does to packets: etcd in, packets out, with nothing in between replaced. Every
 * test runs with both iptables programs. They need root and the packaged agent: {@code mvn
 * -Ppackets verify}.
 */
@NullMarked
package felix.packets;

import org.jspecify.annotations.NullMarked;
