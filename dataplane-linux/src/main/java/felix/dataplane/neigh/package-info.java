/**
 * Who has which address on which interface, and which MAC is behind which tunnel: ARP, NDP, FDB.
 */
@NullMarked
package felix.dataplane.neigh;

import org.jspecify.annotations.NullMarked;
