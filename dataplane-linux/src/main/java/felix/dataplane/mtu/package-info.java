/** What the network plugin is told of MTUs. */
@NullMarked
package felix.dataplane.mtu;

import org.jspecify.annotations.NullMarked;
