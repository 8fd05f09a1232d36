using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>What there is to launch from: images and availability zones.</summary>
internal sealed class CatalogActions(Ec2Store store)
{
    private static readonly string[] ImageFilters =
        ["architecture", "image-id", "is-public", "name", "owner-alias", "owner-id", "root-device-type", "state", "virtualization-type"];

    private static readonly string[] ZoneFilters = ["region-name", "state", "zone-name"];

    private static readonly string[] SubnetFilters = ["availability-zone", "default-for-az", "subnet-id"];

    private static readonly CatalogImage[] Images =
    [
        new("ami-0a000000000000001", "debian-12-amd64-20260101-0001", "x86_64", "136693071363", "2026-01-01T00:00:00.000Z"),
        new("ami-0a000000000000002", "debian-12-arm64-20260101-0001", "arm64", "136693071363", "2026-01-01T00:00:00.000Z"),
        new("ami-0a000000000000003", "debian-13-amd64-20260201-0002", "x86_64", "136693071363", "2026-02-01T00:00:00.000Z"),
        new("ami-0a000000000000005", "debian-13-arm64-20260201-0002", "arm64", "136693071363", "2026-02-01T00:00:00.000Z"),
        new("ami-0a000000000000006", "debian-13-amd64-20260115-0001", "x86_64", "136693071363", "2026-01-15T00:00:00.000Z"),
        new("ami-0a000000000000007", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260120", "x86_64", "099720109477", "2026-01-20T00:00:00.000Z"),
        new("ami-0a000000000000008", "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260120", "arm64", "099720109477", "2026-01-20T00:00:00.000Z"),

        // What a search must not fall for: still being made, withdrawn, and somebody else's under the same name.
        new("ami-0a000000000000009", "debian-13-amd64-20260220-0003", "x86_64", "136693071363", "2026-02-20T00:00:00.000Z", "pending"),
        new("ami-0a00000000000000a", "debian-13-amd64-20260210-0003", "x86_64", "136693071363", "2026-02-10T00:00:00.000Z", "available", "2026-02-11T00:00:00.000Z"),
        new("ami-0a00000000000000b", "debian-13-amd64-20260301-0001", "x86_64", "666666666666", "2026-03-01T00:00:00.000Z"),
        new("ami-0a000000000000004", "al2023-ami-2023.10.20260202.0-kernel-6.1-x86_64", "x86_64", "137112412989", "2026-02-02T00:00:00.000Z"),
    ];

    /// <summary>The image that the redirector in place was started from.</summary>
    public static string DefaultImage => Images[0].Id;

    /// <summary>The image, or null.</summary>
    public static CatalogImage? Image(string imageId) => Array.Find(Images, image => image.Id == imageId);

    /// <summary>DescribeImages.</summary>
    public IEnumerable<object?> DescribeImages(Ec2Parameters parameters)
    {
        var wanted = parameters.List("ImageId");
        if (wanted.FirstOrDefault(id => Image(id) is null) is { } missing)
        {
            throw new ApiException(400, "InvalidAMIID.NotFound", $"The image id '[{missing}]' does not exist");
        }

        var owners = parameters.List("Owner");
        var deprecated = parameters.Flag("IncludeDeprecated") ?? false;
        var images = Images
            .Where(image => wanted.Count == 0 || wanted.Contains(image.Id))
            .Where(image => deprecated || wanted.Count > 0 || image.DeprecationTime is null)
            .Where(image => owners.Count == 0 || owners.Contains(image.OwnerId) || (owners.Contains("amazon") && image.OwnerAlias == "amazon"));
        var (page, next) = Ec2Pages.Cut(Ec2Filters.Apply(images, parameters.Filters(), Field, ImageFilters).ToList(), parameters, least: 1, "ImageId");
        return [Ec2Xml.Set("imagesSet", page.Select(Write).ToList()), next is null ? null : new XElement("nextToken", next)];
    }

    /// <summary>DescribeAvailabilityZones.</summary>
    public IEnumerable<object?> DescribeZones(Ec2Parameters parameters, string region)
    {
        var wanted = parameters.List("ZoneName");
        var names = Ec2Store.ZonesOf(region);
        if (wanted.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new ApiException(400, "InvalidParameterValue", $"Invalid availability zone: [{unknown}]");
        }

        var zones = Ec2Filters.Apply(
            names.Where(name => wanted.Count == 0 || wanted.Contains(name)),
            parameters.Filters(),
            (name, filter) => filter switch { "zone-name" => name, "region-name" => region, "state" => StateOf(name), _ => null },
            ZoneFilters);
        return
        [
            Ec2Xml.Set("availabilityZoneInfo", zones.Select(name => new XElement(
                "item",
                new XElement("zoneName", name),
                new XElement("zoneState", StateOf(name)),
                new XElement("regionName", region),
                new XElement("groupName", region),
                new XElement("networkBorderGroup", region),
                new XElement("zoneType", "availability-zone"),
                new XElement("optInStatus", "opt-in-not-required"),
                store.FailedZones.Contains(name)
                    ? Ec2Xml.Set("messageSet", [new XElement("item", new XElement("message", $"{name} has failed."))])
                    : null)).ToList()),
        ];
    }

    /// <summary>DescribeSubnets.</summary>
    public IEnumerable<object?> DescribeSubnets(Ec2Parameters parameters, string region)
    {
        var wanted = parameters.List("SubnetId");
        if (wanted.FirstOrDefault(id => store.ZoneOf(id, region) is null) is { } missing)
        {
            throw new ApiException(400, "InvalidSubnetID.NotFound", $"The subnet ID '{missing}' does not exist");
        }

        var all = wanted.Count > 0 ? wanted.Distinct() : Ec2Store.ZonesOf(region).Select(Ec2Store.DefaultSubnet).Concat(store.Subnets.Keys);
        var (page, next) = Ec2Pages.Cut(
            Ec2Filters.Apply(
                all,
                parameters.Filters(),
                (id, filter) => filter switch
                {
                    "subnet-id" => id,
                    "availability-zone" => store.ZoneOf(id, region),
                    "default-for-az" => store.Subnets.ContainsKey(id) ? "false" : "true",
                    _ => null,
                },
                SubnetFilters).ToList(),
            parameters,
            least: 5,
            "SubnetId");
        return
        [
            Ec2Xml.Set("subnetSet", page.Select(id => new XElement(
                "item",
                new XElement("subnetId", id),
                new XElement("state", "available"),
                new XElement("vpcId", "vpc-00000000000000001"),
                new XElement("availabilityZone", store.ZoneOf(id, region)),
                new XElement("availableIpAddressCount", 250),
                new XElement("defaultForAz", !store.Subnets.ContainsKey(id)),
                new XElement("mapPublicIpOnLaunch", true))).ToList()),
            next is null ? null : new XElement("nextToken", next),
        ];
    }

    private string StateOf(string zoneName) => store.FailedZones.Contains(zoneName) ? "impaired" : "available";

    private static string? Field(CatalogImage image, string filter) => filter switch
    {
        "architecture" => image.Architecture,
        "image-id" => image.Id,
        "is-public" => "true",
        "name" => image.Name,
        "owner-alias" => image.OwnerAlias,
        "owner-id" => image.OwnerId,
        "root-device-type" => "ebs",
        "state" => image.State,
        "virtualization-type" => "hvm",
        _ => null,
    };

    private static XElement Write(CatalogImage image) => new(
        "item",
        new XElement("imageId", image.Id),
        new XElement("name", image.Name),
        new XElement("imageOwnerId", image.OwnerId),
        image.OwnerAlias is null ? null : new XElement("imageOwnerAlias", image.OwnerAlias),
        new XElement("imageState", image.State),
        new XElement("isPublic", true),
        new XElement("architecture", image.Architecture),
        new XElement("imageType", "machine"),
        new XElement("rootDeviceType", "ebs"),
        new XElement("virtualizationType", "hvm"),
        new XElement("rootDeviceName", "/dev/xvda"),
        new XElement("creationDate", image.CreationDate),
        image.DeprecationTime is null ? null : new XElement("deprecationTime", image.DeprecationTime));
}
