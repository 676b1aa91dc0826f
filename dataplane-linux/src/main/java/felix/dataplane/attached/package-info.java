/**
 * What routes and neighbours have in common: they hang on interfaces, need them to be up, and go
 * with them.
 */
@NullMarked
package felix.dataplane.attached;

import org.jspecify.annotations.NullMarked;
