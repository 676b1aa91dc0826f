/** What belongs together: the managers of a feature and the drivers it needs. */
@NullMarked
package felix.dataplane.feature;

import org.jspecify.annotations.NullMarked;
