@NullMarked
package felix.log;

import org.jspecify.annotations.NullMarked;
