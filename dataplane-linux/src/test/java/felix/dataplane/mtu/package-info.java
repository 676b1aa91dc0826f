@NullMarked
package felix.dataplane.mtu;

import org.jspecify.annotations.NullMarked;
