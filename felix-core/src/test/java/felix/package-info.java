@NullMarked
package felix;

import org.jspecify.annotations.NullMarked;
