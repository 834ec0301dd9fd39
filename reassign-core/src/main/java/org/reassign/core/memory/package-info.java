/** ZooKeeper in memory: its semantics behind the port, without a network, for simulations, tests and dry runs. */
package org.reassign.core.memory;
