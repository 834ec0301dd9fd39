/** The command line: picocli commands over the core, the plugin host and a ZooKeeper. CLI names are a contract. */
package org.reassign.cli;
