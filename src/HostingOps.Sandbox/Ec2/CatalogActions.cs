using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>What there is to launch from: images and availability zones.</summary>
internal static class CatalogActions
{
    private static readonly string[] ImageFilters =
        ["architecture", "image-id", "is-public", "name", "owner-alias", "owner-id", "root-device-type", "state", "virtualization-type"];

    private static readonly string[] ZoneFilters = ["region-name", "state", "zone-name"];

    private static readonly CatalogImage[] Images =
    [
        new("ami-0a000000000000001", "debian-12-amd64-20260101-0001", "x86_64", "136693071363", "2026-01-01T00:00:00.000Z"),
        new("ami-0a000000000000002", "debian-12-arm64-20260101-0001", "arm64", "136693071363", "2026-01-01T00:00:00.000Z"),
        new("ami-0a000000000000003", "debian-13-amd64-20260201-0002", "x86_64", "136693071363", "2026-02-01T00:00:00.000Z"),
        new("ami-0a000000000000004", "al2023-ami-2023.10.20260202.0-kernel-6.1-x86_64", "x86_64", "137112412989", "2026-02-02T00:00:00.000Z"),
    ];

    /// <summary>The image that the redirector in place was started from.</summary>
    public static string DefaultImage => Images[0].Id;

    /// <summary>Whether the image exists.</summary>
    public static bool HasImage(string imageId) => Array.Exists(Images, image => image.Id == imageId);

    /// <summary>DescribeImages.</summary>
    public static IEnumerable<object?> DescribeImages(Ec2Parameters parameters)
    {
        var wanted = parameters.List("ImageId");
        if (wanted.FirstOrDefault(id => !HasImage(id)) is { } missing)
        {
            throw new ApiException(400, "InvalidAMIID.NotFound", $"The image id '[{missing}]' does not exist");
        }

        var owners = parameters.List("Owner");
        var images = Images
            .Where(image => wanted.Count == 0 || wanted.Contains(image.Id))
            .Where(image => owners.Count == 0 || owners.Contains(image.OwnerId) || (owners.Contains("amazon") && image.OwnerAlias == "amazon"));
        return [Ec2Xml.Set("imagesSet", Ec2Filters.Apply(images, parameters.Filters(), Field, ImageFilters).Select(Write).ToList())];
    }

    /// <summary>DescribeAvailabilityZones.</summary>
    public static IEnumerable<object?> DescribeZones(Ec2Parameters parameters, string region)
    {
        var wanted = parameters.List("ZoneName");
        var names = new[] { region + "a", region + "b", region + "c" };
        if (wanted.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new ApiException(400, "InvalidParameterValue", $"Invalid availability zone: [{unknown}]");
        }

        var zones = Ec2Filters.Apply(
            names.Where(name => wanted.Count == 0 || wanted.Contains(name)),
            parameters.Filters(),
            (name, filter) => filter switch { "zone-name" => name, "region-name" => region, "state" => "available", _ => null },
            ZoneFilters);
        return
        [
            Ec2Xml.Set("availabilityZoneInfo", zones.Select(name => new XElement(
                "item",
                new XElement("zoneName", name),
                new XElement("zoneState", "available"),
                new XElement("regionName", region),
                new XElement("groupName", region),
                new XElement("networkBorderGroup", region),
                new XElement("zoneType", "availability-zone"),
                new XElement("optInStatus", "opt-in-not-required"))).ToList()),
        ];
    }

    private static string? Field(CatalogImage image, string filter) => filter switch
    {
        "architecture" => image.Architecture,
        "image-id" => image.Id,
        "is-public" => "true",
        "name" => image.Name,
        "owner-alias" => image.OwnerAlias,
        "owner-id" => image.OwnerId,
        "root-device-type" => "ebs",
        "state" => "available",
        "virtualization-type" => "hvm",
        _ => null,
    };

    private static XElement Write(CatalogImage image) => new(
        "item",
        new XElement("imageId", image.Id),
        new XElement("name", image.Name),
        new XElement("imageOwnerId", image.OwnerId),
        image.OwnerAlias is null ? null : new XElement("imageOwnerAlias", image.OwnerAlias),
        new XElement("imageState", "available"),
        new XElement("isPublic", true),
        new XElement("architecture", image.Architecture),
        new XElement("imageType", "machine"),
        new XElement("rootDeviceType", "ebs"),
        new XElement("virtualizationType", "hvm"),
        new XElement("creationDate", image.CreationDate));
}
