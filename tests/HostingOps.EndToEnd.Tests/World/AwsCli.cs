using System.Text.Json;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>The real aws CLI: what the world is read back with, and how somebody else changes it.</summary>
internal static class AwsCli
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "x",
        ["AWS_SECRET_ACCESS_KEY"] = "y",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_MAX_ATTEMPTS"] = "1",
        ["AWS_PAGER"] = "",
        ["AWS_CONFIG_FILE"] = "/nonexistent",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent",
    };

    /// <summary>A line of sh that calls it.</summary>
    public static string ShellLine(string endpointUrl, string arguments) =>
        $"{string.Join(' ', Environment.Select(static pair => $"{pair.Key}='{pair.Value}'"))} '{RealPart.Require("aws")}' --endpoint-url {endpointUrl} {arguments}";

    /// <summary>Runs <c>aws --output json route53</c>, which must succeed.</summary>
    public static async Task<JsonElement> Route53Async(string endpointUrl, params string[] arguments)
    {
        using var aws = RunningProgram.Start(
            RealPart.Require("aws"), ["--endpoint-url", endpointUrl, "--output", "json", "route53", .. arguments], Path.GetTempPath(), Environment);
        return (await aws.EndAsync()).Ended(0).Json;
    }

    /// <summary>The values of one address record.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string endpointUrl, string zoneId, string record, string type = "A")
    {
        var values = await Route53Async(
            endpointUrl, "list-resource-record-sets", "--hosted-zone-id", zoneId,
            "--query", $"ResourceRecordSets[?Name=='{record}.' && Type=='{type}'].ResourceRecords[].Value");
        return [.. values.EnumerateArray().Select(static value => value.GetString()!)];
    }
}
