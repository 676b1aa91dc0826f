/** Who has which address on which interface: entries of the ARP and NDP tables. */
@NullMarked
package felix.dataplane.neigh;

import org.jspecify.annotations.NullMarked;
