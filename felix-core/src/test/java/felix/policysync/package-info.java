/** Tests of policy sync; the reader of its messages is Protocol Buffers' own. */
@NullMarked
package felix.policysync;

import org.jspecify.annotations.NullMarked;
