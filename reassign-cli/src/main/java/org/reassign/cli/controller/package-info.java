/** The command {@code controller}: a process that runs a controller until it is stopped. */
package org.reassign.cli.controller;
