namespace HostingOps.Sandbox.Ec2;

/// <summary>The bare domains' redirector in good times: a running instance with the inventory's Elastic IP.</summary>
internal static class ApexSeed
{
    /// <summary>Puts it in place when the inventory has one.</summary>
    public static void Plant(Ec2Store store, HostingInventory inventory)
    {
        if (inventory.Apex is not { } apex)
        {
            return;
        }

        var tags = new[] { KeyValuePair.Create("Name", "apex-redirector") };
        lock (store.Gate)
        {
            var redirector = store.Launch(
                store.NewId("r"),
                CatalogActions.DefaultImage,
                apex.Instance.Type ?? "t3.micro",
                (inventory.Aws.Region ?? "us-east-1") + "a",
                apex.Instance.KeyName,
                apex.Instance.SecurityGroup is null ? [] : [apex.Instance.SecurityGroup],
                null,
                tags);
            store.Associate(store.Allocate(apex.ElasticIp, tags), redirector);
        }
    }
}
