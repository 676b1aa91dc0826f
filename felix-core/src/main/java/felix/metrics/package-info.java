/** What Prometheus scrapes. */
@NullMarked
package felix.metrics;

import org.jspecify.annotations.NullMarked;
