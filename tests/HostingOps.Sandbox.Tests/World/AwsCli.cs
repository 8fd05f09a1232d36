using System.Diagnostics;
using System.Text.Json;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.World;

/// <summary>The real aws CLI against a sandbox, with no configuration but its environment.</summary>
internal static class AwsCli
{
    /// <summary>Runs <c>aws --endpoint-url … --output json</c> with the arguments.</summary>
    public static async Task<(int ExitCode, JsonElement Output, string Error)> RunAsync(string endpointUrl, params string[] arguments)
    {
        var start = new ProcessStartInfo(RealPart.Require("aws"), ["--endpoint-url", endpointUrl, "--output", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ACCESS_KEY_ID"] = "x",
                ["AWS_SECRET_ACCESS_KEY"] = "y",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_MAX_ATTEMPTS"] = "1",
                ["AWS_PAGER"] = "",
                ["AWS_CONFIG_FILE"] = "/nonexistent",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent",
                ["NO_PROXY"] = "127.0.0.1",
            },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        var text = await output;
        using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);
        return (process.ExitCode, document.RootElement.Clone(), await error);
    }

    /// <summary>Runs it and expects success.</summary>
    public static async Task<JsonElement> ExpectAsync(string endpointUrl, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(endpointUrl, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
