/** What is needed to speak TLS with etcd, read from files that may change at any time. */
@NullMarked
package felix.datastore.tls;

import org.jspecify.annotations.NullMarked;
