using System.Management.Automation;
using YamlDotNet.Serialization;

namespace Foreign;

/// <summary>Reads YAML with this module's own YamlDotNet.</summary>
[Cmdlet(VerbsCommon.Get, "ForeignYaml")]
public sealed class GetForeignYamlCommand : PSCmdlet
{
    protected override void ProcessRecord()
    {
        var read = new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>("mine: yes");
        WriteObject(new { Value = read["mine"], From = typeof(DeserializerBuilder).Assembly.Location });
    }
}
