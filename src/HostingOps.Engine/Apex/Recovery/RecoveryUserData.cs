using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// What cloud-init does at a new redirector's first boot: writes the configuration, runs the inventory's setup programs, then
/// installs nginx, whose answers name the instance. The text is YAML in its flow form, in which every value is a quoted ASCII
/// string, so that no value can mean anything else. It holds no secret (docs/decisions/0015-recovery-user-data.md).
/// </summary>
internal static class RecoveryUserData
{
    /// <summary>The folder from which Debian's and Ubuntu's nginx take configurations.</summary>
    public const string ConfigFolder = "/etc/nginx/conf.d/";

    /// <summary>The script that installs and starts nginx. Nothing from the inventory stands in it.</summary>
    public const string ScriptPath = "/var/lib/hostingops/redirector.sh";

    // cloud-init has the instance's id from EC2; it is no secret, and tells the new redirector from the old one.
    private const string Script = """
        #!/bin/sh
        # HostingOps: installs nginx, and has it name this instance in its answers.
        export DEBIAN_FRONTEND=noninteractive
        mkdir -p /etc/nginx/conf.d
        id=$(cat /var/lib/cloud/data/instance-id 2>/dev/null)
        case "$id" in
            i-*[!0-9a-f]* | i-) ;;
            i-*) printf 'add_header X-HostingOps-Instance "%s" always;\n' "$id" > /etc/nginx/conf.d/hostingops-instance.conf ;;
        esac
        for pause in 2 4 8 16 32 0; do
            command -v nginx > /dev/null && break
            apt-get -q update
            apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold install nginx && break
            sleep "$pause"
        done
        systemctl enable nginx
        nginx -t && systemctl restart nginx

        """;

    /// <summary>The user data, compressed, the same bytes for the same input on the same runtime.</summary>
    /// <param name="config">The configuration, or null for none.</param>
    /// <param name="configPath">Its file on the instance.</param>
    /// <param name="setup">Programs with their arguments, run before nginx is installed.</param>
    public static byte[] Create(string? config, string configPath, IReadOnlyList<IReadOnlyList<string>> setup)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(Text(config, configPath, setup)));
        }

        return packed.ToArray();
    }

    /// <summary>The text before it is compressed.</summary>
    public static string Text(string? config, string configPath, IReadOnlyList<IReadOnlyList<string>> setup)
    {
        var text = new StringBuilder("#cloud-config\n{\n\"write_files\": [\n");
        if (config is not null)
        {
            AppendFile(text, configPath, "0644", config).Append(",\n");
        }

        AppendFile(text, ScriptPath, "0755", Script.ReplaceLineEndings("\n")).Append("\n],\n\"runcmd\": [\n");
        foreach (var command in setup)
        {
            AppendCommand(text, command).Append(",\n");
        }

        return AppendCommand(text, ["sh", ScriptPath]).Append("\n]\n}\n").ToString();
    }

    private static StringBuilder AppendFile(StringBuilder text, string path, string permissions, string content)
    {
        AppendQuoted(text.Append("{\"path\": "), path);
        AppendQuoted(text.Append(", \"permissions\": "), permissions);
        return AppendQuoted(text.Append(", \"content\": "), content).Append('}');
    }

    private static StringBuilder AppendCommand(StringBuilder text, IReadOnlyList<string> command)
    {
        text.Append('[');
        for (var index = 0; index < command.Count; index++)
        {
            AppendQuoted(index == 0 ? text : text.Append(", "), command[index]);
        }

        return text.Append(']');
    }

    // Double-quoted YAML 1.1: printable ASCII stands for itself, everything else is escaped.
    private static StringBuilder AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                >= ' ' and <= '~' => text.Append((char)rune.Value),
                <= 0xFFFF => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            };
        }

        return text.Append('"');
    }
}
