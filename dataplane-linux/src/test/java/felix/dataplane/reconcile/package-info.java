@NullMarked
package felix.dataplane.reconcile;

import org.jspecify.annotations.NullMarked;
