/** From etcd's keys and bytes to resources, or to a reason why there is none. */
@NullMarked
package felix.datastore;

import org.jspecify.annotations.NullMarked;
