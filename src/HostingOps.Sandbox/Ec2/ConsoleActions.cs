using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Ec2;

/// <summary>GetConsoleOutput: empty until some time after the boot, and the latest only where EC2 has it.</summary>
internal sealed partial class ConsoleActions(Ec2Store store, SandboxTimings timings)
{
    private const int Largest = 64 * 1024;

    /// <summary>The output of an instance's console.</summary>
    public IEnumerable<object?> Read(Ec2Parameters parameters)
    {
        var (instance, latest) = Check(parameters);
        var postedAt = instance.RunningAt + timings.InstanceBoot + (latest ? TimeSpan.Zero : timings.ConsolePosted);
        var text = store.Now >= postedAt ? store.Console?.Invoke(instance) : null;
        return
        [
            new XElement("instanceId", instance.Id),
            new XElement("timestamp", Ec2Xml.Time(text is null ? instance.LaunchedAt : postedAt)),
            text is null ? null : new XElement("output", Convert.ToBase64String(Newest(Encoding.UTF8.GetBytes(text)))),
        ];
    }

    /// <summary>What a call is about.</summary>
    /// <exception cref="ApiException">MissingParameter, InvalidInstanceID.*, UnsupportedOperation.</exception>
    public (Instance Instance, bool Latest) Check(Ec2Parameters parameters)
    {
        var instance = store.Instance(parameters.Required("InstanceId"));
        var latest = parameters.Flag("Latest") ?? false;
        return latest && Xen().IsMatch(instance.Type)
            ? throw new ApiException(400, "UnsupportedOperation", $"The instance type {instance.Type} does not support the latest console output.")
            : (instance, latest);
    }

    private static byte[] Newest(byte[] text) => text.Length <= Largest ? text : text[^Largest..];

    // The generations before Nitro.
    [GeneratedRegex(@"^(t1|t2|m1|m2|m3|m4|c1|c3|c4|r3|r4|x1|x1e|d2|h1|i2|i3|f1|g3|p2|p3)\.(?!metal)", RegexOptions.CultureInvariant)]
    private static partial Regex Xen();
}
