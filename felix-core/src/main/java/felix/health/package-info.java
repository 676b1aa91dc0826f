/** Liveness and readiness over HTTP. */
@NullMarked
package felix.health;

import org.jspecify.annotations.NullMarked;
