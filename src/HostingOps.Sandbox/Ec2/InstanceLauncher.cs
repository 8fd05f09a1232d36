using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>RunInstances: checks the demand, and launches it once per client token.</summary>
internal sealed class InstanceLauncher(Ec2Store store)
{
    private const int LongestClientToken = 64;

    /// <summary>The instances launched now, or by an earlier call with the same token and the same demand.</summary>
    /// <exception cref="ApiException">IdempotentParameterMismatch and others.</exception>
    public IReadOnlyList<Instance> Launch(Ec2Parameters parameters, string region)
    {
        Check(parameters);
        var token = parameters["ClientToken"];
        var fingerprint = parameters.Fingerprint();
        if (token is not null && store.Launches.TryGetValue(token, out var earlier))
        {
            return earlier.Fingerprint == fingerprint
                ? earlier.Launched
                : throw new ApiException(
                    400, "IdempotentParameterMismatch", "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
        }

        var reservationId = store.NewId("r");
        IReadOnlyList<string> groups =
            [.. parameters.List("SecurityGroupId"), .. parameters.List("SecurityGroup"), .. parameters.List("NetworkInterface.1.SecurityGroupId")];
        var launched = Enumerable.Range(0, parameters.Count("MaxCount")).Select(_ => store.Launch(
            reservationId,
            parameters.Required("ImageId"),
            parameters["InstanceType"] ?? "m1.small",
            parameters["Placement.AvailabilityZone"] ?? region + "a",
            parameters["KeyName"],
            groups,
            token,
            parameters.TagsFor("instance"))).ToList();
        if (token is not null)
        {
            store.Launches[token] = (fingerprint, launched);
        }

        return launched;
    }

    /// <summary>Checks the demand without carrying it out.</summary>
    /// <exception cref="ApiException">MissingParameter, InvalidParameterValue, InvalidAMIID.Malformed, InvalidAMIID.NotFound.</exception>
    public static void Check(Ec2Parameters parameters)
    {
        var image = parameters.Required("ImageId");
        var (least, most) = (parameters.Count("MinCount"), parameters.Count("MaxCount"));
        if (least > most || most > 20)
        {
            throw new ApiException(
                400, "InvalidParameterValue", $"The values of MinCount ({least}) and MaxCount ({most}) must rise, to 20 at most.");
        }

        if (!image.StartsWith("ami-", StringComparison.Ordinal))
        {
            throw new ApiException(400, "InvalidAMIID.Malformed", $"Invalid id: \"{image}\" (expecting \"ami-...\")");
        }

        if (!CatalogActions.HasImage(image))
        {
            throw new ApiException(400, "InvalidAMIID.NotFound", $"The image id '[{image}]' does not exist");
        }

        var token = parameters["ClientToken"];
        if (token is not null && (token.Length > LongestClientToken || !token.All(char.IsAscii)))
        {
            throw new ApiException(
                400, "InvalidParameterValue", $"The client token is longer than {LongestClientToken} characters, or is not ASCII.");
        }
    }
}
