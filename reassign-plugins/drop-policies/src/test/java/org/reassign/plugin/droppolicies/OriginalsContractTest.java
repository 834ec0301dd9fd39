package org.reassign.plugin.droppolicies;

import org.reassign.api.spi.DropPolicy;
import org.reassign.testkit.DropPolicyContract;

class OriginalsContractTest implements DropPolicyContract {
    @Override
    public DropPolicy policy() {
        return new Originals();
    }
}
