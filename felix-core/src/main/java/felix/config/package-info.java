/**
 * What the agent was told: the environment, felix.cfg and the datastore's FelixConfiguration,
 * parsed and merged. Knows no consumer: whoever wires the agent fills their records from it.
 */
@NullMarked
package felix.config;

import org.jspecify.annotations.NullMarked;
