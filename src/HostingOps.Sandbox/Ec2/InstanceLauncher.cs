using System.Text.RegularExpressions;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>RunInstances: checks the demand, and launches it once per client token.</summary>
internal sealed partial class InstanceLauncher(Ec2Store store)
{
    private const int LongestClientToken = 64;
    private const int LargestUserData = 16384;

    /// <summary>The instances launched now, or by an earlier call with the same token and the same demand.</summary>
    /// <exception cref="ApiException">IdempotentParameterMismatch, InsufficientInstanceCapacity, and what <see cref="Check"/> throws.</exception>
    public IReadOnlyList<Instance> Launch(Ec2Parameters parameters, string region)
    {
        var demand = Check(parameters, region);
        var token = demand.ClientToken;
        var fingerprint = parameters.Fingerprint();
        if (token is not null && store.Launches.TryGetValue(token, out var earlier))
        {
            return earlier.Fingerprint == fingerprint
                ? earlier.Launched
                : throw new ApiException(
                    400, "IdempotentParameterMismatch", "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
        }

        var zone = store.ZoneOf(demand.SubnetId, region)!;
        if (store.FailedZones.Contains(zone))
        {
            throw new ApiException(
                500,
                "InsufficientInstanceCapacity",
                $"We currently do not have sufficient {demand.Type} capacity in the Availability Zone you requested ({zone}). Our system will be working on provisioning additional capacity.");
        }

        var launched = Enumerable.Range(0, parameters.Count("MaxCount")).Select(_ => store.Launch(demand, zone)).ToList();
        if (token is not null)
        {
            store.Launches[token] = (fingerprint, launched);
        }

        return launched;
    }

    /// <summary>Checks the demand without carrying it out.</summary>
    /// <exception cref="ApiException">MissingParameter, InvalidParameterValue, InvalidAMIID.*, InvalidKeyPair.NotFound and so on.</exception>
    public LaunchDemand Check(Ec2Parameters parameters, string region)
    {
        var image = parameters.Required("ImageId");
        var (least, most) = (parameters.Count("MinCount"), parameters.Count("MaxCount"));
        if (least > most || most > 20)
        {
            throw Invalid($"The values of MinCount ({least}) and MaxCount ({most}) must rise, to 20 at most.");
        }

        var type = parameters["InstanceType"] ?? "m1.small";
        CheckImage(image, type);
        var token = parameters["ClientToken"];
        if (token is not null && (token.Length > LongestClientToken || !token.All(char.IsAscii)))
        {
            throw Invalid($"The client token is longer than {LongestClientToken} characters, or is not ASCII.");
        }

        var interfaces = parameters.Indexed("NetworkInterface").ToList();
        var subnet = Subnet(parameters, interfaces, region);
        IReadOnlyList<string> groups =
        [
            .. parameters.List("SecurityGroupId"), .. parameters.List("SecurityGroup"),
            .. interfaces.SelectMany(one => parameters.List(one + ".SecurityGroupId")),
        ];
        if (groups.FirstOrDefault(group => !store.SecurityGroups.Contains(group)) is { } unknownGroup)
        {
            throw new ApiException(400, "InvalidGroup.NotFound", $"The security group '{unknownGroup}' does not exist");
        }

        if (parameters["KeyName"] is { } key && !store.KeyPairs.Contains(key))
        {
            throw new ApiException(400, "InvalidKeyPair.NotFound", $"The key pair '{key}' does not exist");
        }

        return new LaunchDemand
        {
            ReservationId = store.NewId("r"),
            ImageId = image,
            Type = type,
            SubnetId = subnet,
            KeyName = parameters["KeyName"],
            SecurityGroups = groups,
            Interfaces = Math.Max(1, interfaces.Count),
            ClientToken = token,
            UserData = UserData(parameters["UserData"]),
            Tags = parameters.TagsFor("instance"),
        };
    }

    private static void CheckImage(string image, string type)
    {
        if (!image.StartsWith("ami-", StringComparison.Ordinal))
        {
            throw new ApiException(400, "InvalidAMIID.Malformed", $"Invalid id: \"{image}\" (expecting \"ami-...\")");
        }

        var found = CatalogActions.Image(image)
            ?? throw new ApiException(400, "InvalidAMIID.NotFound", $"The image id '[{image}]' does not exist");
        if (found.State != "available")
        {
            throw new ApiException(400, "InvalidAMIID.Unavailable", $"The image ID '[{image}]' is not available");
        }

        var architecture = Graviton().IsMatch(type) ? "arm64" : "x86_64";
        if (found.Architecture != architecture)
        {
            throw Invalid(
                $"The architecture '{architecture}' of the specified instance type does not match the architecture '{found.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.");
        }
    }

    private string Subnet(Ec2Parameters parameters, IReadOnlyList<string> interfaces, string region)
    {
        var named = parameters["SubnetId"] ?? (interfaces.Count > 0 ? parameters[interfaces[0] + ".SubnetId"] : null);
        if (named is not null)
        {
            return store.ZoneOf(named, region) is not null
                ? named
                : throw new ApiException(400, "InvalidSubnetID.NotFound", $"The subnet ID '{named}' does not exist");
        }

        var zone = parameters["Placement.AvailabilityZone"];
        return zone is null || Ec2Store.ZonesOf(region).Contains(zone)
            ? Ec2Store.DefaultSubnet(zone ?? Ec2Store.ZonesOf(region).FirstOrDefault(name => !store.FailedZones.Contains(name)) ?? region + "a")
            : throw Invalid($"Invalid availability zone: [{zone}]");
    }

    private static byte[] UserData(string? text)
    {
        if (text is null)
        {
            return [];
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            throw new ApiException(400, "InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
        }

        return length <= LargestUserData ? bytes[..length] : throw Invalid($"User data is limited to {LargestUserData} bytes");
    }

    private static ApiException Invalid(string message) => new(400, "InvalidParameterValue", message);

    [GeneratedRegex(@"^(a1|[a-z]+\d+[a-z]*g[a-z]*)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Graviton();
}
