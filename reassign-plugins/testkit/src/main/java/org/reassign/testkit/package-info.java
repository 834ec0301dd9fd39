/**
 * A contract for each kind of plugin, as JUnit 5 interfaces with default tests: implement the one for your plugin's kind,
 * hand it the plugin, and JUnit runs the rest. What may lawfully differ between plugins is a {@code boolean} method with a
 * default; what is declined there must show, so a plugin cannot decline a test that it would pass.
 */
package org.reassign.testkit;
