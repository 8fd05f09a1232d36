using System.Text;
using HostingOps.Engine.Apex.Redirects;

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

        var region = Region(inventory);
        var zone = Ec2Store.ZonesOf(region)[0];
        var tags = new[] { KeyValuePair.Create("Name", "apex-redirector") };
        lock (store.Gate)
        {
            if (apex.Instance.KeyName is { } key)
            {
                store.KeyPairs.Add(key);
            }

            if (apex.Instance.SecurityGroup is { } group)
            {
                store.SecurityGroups.Add(group);
            }

            // Other subnets than the defaults: one after the other in the zones.
            foreach (var (subnet, number) in apex.Instance.Subnets.Select(static (subnet, number) => (subnet, number)))
            {
                if (store.ZoneOf(subnet, region) is null)
                {
                    store.Subnets.Add(subnet, Ec2Store.ZonesOf(region)[number % Ec2Store.ZonesOf(region).Count]);
                }
            }

            var redirector = store.Launch(
                new LaunchDemand
                {
                    ReservationId = store.NewId("r"),
                    ImageId = CatalogActions.DefaultImage,
                    Type = apex.Instance.Type ?? "t3.micro",
                    SubnetId = Ec2Store.DefaultSubnet(zone),
                    KeyName = apex.Instance.KeyName,
                    SecurityGroups = apex.Instance.SecurityGroup is null ? [] : [apex.Instance.SecurityGroup],
                    UserData = Encoding.UTF8.GetBytes(Configuration(inventory, apex)),
                    Tags = tags,
                    IsOld = true,
                },
                zone);
            var address = store.Allocate(apex.ElasticIp, null, tags);
            store.Associate(address, redirector, redirector.Interfaces[0]);
            address.ChangedAt = DateTimeOffset.MinValue;
        }
    }

    /// <summary>The region that the inventory's EC2 is in.</summary>
    public static string Region(HostingInventory inventory) => inventory.Aws.Region ?? "us-east-1";

    // As it was published to the redirector in good times.
    private static string Configuration(HostingInventory inventory, ApexSettings apex)
    {
        try
        {
            return NginxRedirectConfig.Write(ApexRedirectTable.Create(inventory.Sites, apex.Redirect.WwwAliases), apex.Redirect).Text;
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.ApexRedirectInvalid)
        {
            // A redirector that redirects nothing is no reason not to rehearse the rest.
            return "";
        }
    }
}
