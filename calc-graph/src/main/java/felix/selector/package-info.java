/**
 * The selector language: text to tree, what a tree matches, and the names of the IP sets that are
 * made of it.
 */
@NullMarked
package felix.selector;

import org.jspecify.annotations.NullMarked;
