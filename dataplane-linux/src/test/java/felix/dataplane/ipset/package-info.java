@NullMarked
package felix.dataplane.ipset;

import org.jspecify.annotations.NullMarked;
