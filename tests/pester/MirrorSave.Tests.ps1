# Save-SiteMirror on a small site on loopback, with generations on disk.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    if (-not ('HostingOps.Tests.SmallSite' -as [type])) {
        Add-Type -WarningAction Ignore -TypeDefinition @'
using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace HostingOps.Tests
{
    // Answers HTTP/1.1 on loopback, one request on a connection, from a table of pages.
    public sealed class SmallSite : IDisposable
    {
        private readonly TcpListener listener = new TcpListener(IPAddress.Loopback, 0);

        public SmallSite()
        {
            listener.Start();
            _ = Task.Run(AcceptAsync);
        }

        public int Port { get { return ((IPEndPoint)listener.LocalEndpoint).Port; } }

        public bool Failing { get; set; }

        public ConcurrentDictionary<string, string> Pages { get; } = new ConcurrentDictionary<string, string>();

        public ConcurrentQueue<string> Asked { get; } = new ConcurrentQueue<string>();

        public void Dispose() { listener.Stop(); }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var client = await listener.AcceptTcpClientAsync();
                    _ = Task.Run(() => ServeAsync(client));
                }
            }
            catch (Exception)
            {
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            try
            {
                using (client)
                {
                    var stream = client.GetStream();
                    var buffer = new byte[16384];
                    var text = "";
                    while (!text.Contains("\r\n\r\n"))
                    {
                        var read = await stream.ReadAsync(buffer, 0, buffer.Length);
                        if (read == 0) { return; }
                        text += Encoding.ASCII.GetString(buffer, 0, read);
                    }

                    var path = text.Split(' ')[1];
                    Asked.Enqueue(path);
                    string body;
                    var status = Failing && path != "/robots.txt" ? 500 : Pages.TryGetValue(path, out body) ? 200 : 404;
                    var content = Encoding.UTF8.GetBytes(status == 200 ? Pages[path] : "<p>Sorry, " + status);
                    var type = path.EndsWith(".css") ? "text/css" : path.EndsWith(".txt") ? "text/plain" : path.EndsWith(".xml") ? "application/xml" : "text/html; charset=utf-8";
                    var head = Encoding.ASCII.GetBytes("HTTP/1.1 " + status + " Answer\r\nContent-Type: " + type + "\r\nContent-Length: " + content.Length + "\r\nConnection: close\r\n\r\n");
                    await stream.WriteAsync(head, 0, head.Length);
                    await stream.WriteAsync(content, 0, content.Length);
                }
            }
            catch (Exception)
            {
            }
        }
    }
}
'@
    }

    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $env:HOSTINGOPS_MIRRORS = Join-Path $TestDrive 'mirrors'
    $site = [HostingOps.Tests.SmallSite]::new()
    $site.Pages['/'] = '<link rel=stylesheet href=/s.css><a href="http://www.acme.example/about">About</a><a href=/private/x>x</a><a href=/logout>out</a>'
    $site.Pages['/about'] = '<p>About us'
    $site.Pages['/s.css'] = 'p{color:red}'
    $site.Pages['/private/x'] = 'never'
    $site.Pages['/robots.txt'] = "User-agent: *`nDisallow: /private/`n"
    $site.Pages['/sitemap.xml'] = '<urlset><url><loc>http://www.acme.example/orphan</loc></url></urlset>'
    $site.Pages['/orphan'] = '<p>Nobody leads here'
    $inventory = Join-Path $TestDrive 'hosting.yml'
    Set-Content $inventory @"
version: 1
zone: sites.example.net
defaults:
  check: { scheme: http, port: $($site.Port) }
hosts:
  left: { provider: one, address: 127.0.0.1 }
  right: { provider: two, address: 198.51.100.7 }
sites:
  acme: { domain: acme.example, primary: left, secondary: right, mirror: true }
  bakery: { domain: bakery.example, primary: left, secondary: right }
"@
    $env:HOSTINGOPS_INVENTORY = $inventory
}

AfterAll {
    $site.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_MIRRORS = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Save-SiteMirror' {
    It 'tells with -WhatIf what it would ask for, and saves nothing' {
        $transcript = Join-Path $TestDrive 'whatif.txt'
        $null = Start-Transcript $transcript -UseMinimalHeader
        try { $output = Save-SiteMirror acme -WhatIf } finally { $null = Stop-Transcript }
        $output | Should -BeNullOrEmpty
        Get-Content $transcript -Raw | Should -Match 'Crawl acme at left: nothing is saved yet; the sitemaps list 1 pages, 1 of them new; at least 1 request'
        Get-ChildItem $env:HOSTINGOPS_MIRRORS -Recurse -File -ErrorAction Ignore | Should -BeNullOrEmpty
        $site.Asked | Should -Not -Contain '/about'
    }

    It 'saves the sites that have a mirror in the inventory' {
        $result = Save-SiteMirror
        $result.SiteName | Should -Be 'acme'
        $result.IsCurrent | Should -BeTrue -Because $result.Reason
        $result.Pages | Should -Be 3
        $result.Omissions.Reason | Should -Contain 'robots.txt forbids it'
        $result.Omissions.Reason | Should -Contain 'it would do something, such as log out or delete'
        $site.Asked | Should -Not -Contain '/private/x'
        $site.Asked | Should -Not -Contain '/logout'
        (Get-SiteMirror acme).Id | Should -Be $result.GenerationId
        Get-Content (Join-Path (Get-SiteMirror acme).Path 'content/index.html') -Raw | Should -Match 'href="/about"'
    }

    It 'takes over what has not changed' {
        $second = Get-HostedSite acme | Save-SiteMirror
        $second.IsCurrent | Should -BeTrue -Because $second.Reason
        $second.Unchanged | Should -BeGreaterOrEqual 3
        (Get-SiteMirror acme -All).State | Should -Contain 'Older'
    }

    It 'says so with an error when the site fails, and keeps the last mirror' {
        $before = (Get-SiteMirror acme).Id
        $site.Failing = $true
        try { $result = Save-SiteMirror acme -ErrorVariable failure -ErrorAction SilentlyContinue } finally { $site.Failing = $false }
        $result.IsCurrent | Should -BeFalse
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'MirrorNotCurrent,*'
        (Get-SiteMirror acme).Id | Should -Be $before
    }

    It 'saves a site that is named with the defaults' {
        (Save-SiteMirror bakery).IsCurrent | Should -BeTrue
    }

    It 'refuses a name that no site has' {
        { Save-SiteMirror nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SiteNotFound,*'
    }
}
