/**
 * The plugin host: finds plugin jars, says in a sentence what is wrong with each that cannot be used, and makes the
 * chosen ones. Built on PF4J, which loads classes, and Guice, which makes instances.
 */
package org.reassign.core.plugin;
