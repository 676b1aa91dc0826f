/** The devices that wrap packets between hosts: {@code vxlan.calico} and {@code tunl0}. */
@NullMarked
package felix.dataplane.link;

import org.jspecify.annotations.NullMarked;
