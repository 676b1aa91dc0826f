/** What both rings have in common. */
@NullMarked
package felix.ring;

import org.jspecify.annotations.NullMarked;
