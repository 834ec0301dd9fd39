package org.reassign.cli;

import java.io.PrintWriter;
import java.util.List;
import org.reassign.core.plugin.SettingEntry;

/** Declared settings, as {@code --set} takes them. */
final class SettingsTable {
    private final Table table = new Table().row("SETTING", "TYPE", "DEFAULT", "DESCRIPTION");
    private boolean empty = true;

    void add(String owner, List<SettingEntry> settings) {
        for (SettingEntry setting : settings) {
            empty = false;
            table.row(
                    owner + "." + setting.key(),
                    setting.choices().isEmpty() ? setting.type() : String.join("|", setting.choices()),
                    setting.defaultValue() == null ? "(required)" : setting.defaultValue(),
                    setting.description());
        }
    }

    boolean isEmpty() {
        return empty;
    }

    void print(PrintWriter out) {
        table.print(out, 4);
    }
}
