/**
 * Judges whether reverse path filtering on a host is safe to start on. It reads and judges; it
 * never changes a setting.
 */
@NullMarked
package felix.rpf;

import org.jspecify.annotations.NullMarked;
