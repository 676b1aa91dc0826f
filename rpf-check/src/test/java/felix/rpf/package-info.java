@NullMarked
package felix.rpf;

import org.jspecify.annotations.NullMarked;
