package org.reassign.plugin.droppolicies;

import org.reassign.api.spi.DropPolicy;
import org.reassign.testkit.DropPolicyContract;

class PreferInSyncContractTest implements DropPolicyContract {
    @Override
    public DropPolicy policy() {
        return new PreferInSync();
    }
}
