/** {@code doctor}: finds what is left over or stuck, with evidence, and repairs it. */
package org.reassign.cli.doctor;
