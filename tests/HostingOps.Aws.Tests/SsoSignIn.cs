using System.Security.Cryptography;
using System.Text;

namespace HostingOps.Aws.Tests;

/// <summary>What 'aws sso login' leaves behind.</summary>
internal static class SsoSignIn
{
    public const string Profile =
        "[profile agency]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = Ops\nregion = eu-west-1\n"
        + "[sso-session work]\nsso_region = eu-west-1\nsso_start_url = https://work.awsapps.com/start\nsso_registration_scopes = sso:account:access\n";

    public static void Write(EnvironmentScope environment, string session, DateTime expires, string more = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(environment.Folder, ".aws", "sso", "cache")).FullName;
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(session)));
        File.WriteAllText(
            Path.Combine(folder, name + ".json"),
            $$"""{"accessToken":"the-sso-token","expiresAt":"{{expires:yyyy-MM-ddTHH:mm:ssZ}}","region":"eu-west-1","startUrl":"https://work.awsapps.com/start"{{more}}}""");
    }
}
