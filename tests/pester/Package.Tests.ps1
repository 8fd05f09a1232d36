# build.ps1 at work in a copy of the sources, elsewhere and under a name with a space. It builds there once.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $pwsh = [Environment]::ProcessPath
    $copy = Join-Path $TestDrive 'a copy'

    function Copy-Source {
        $null = New-Item $copy -ItemType Directory
        foreach ($name in 'build.ps1', 'Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig', 'LICENSE', 'module', 'docs', 'samples', 'src') {
            $from = Join-Path $root $name
            Get-ChildItem -LiteralPath $from -Recurse -File -Force | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' | ForEach-Object {
                $to = Join-Path $copy ([IO.Path]::GetRelativePath($root, $_.FullName))
                $null = New-Item (Split-Path $to) -ItemType Directory -Force
                Copy-Item -LiteralPath $_.FullName $to
            }
        }
    }

    # From a folder that is not the repository, as a user's profile or a job may do.
    function Invoke-Build {
        Push-Location $TestDrive
        try {
            $text = (& $pwsh -NoProfile -NonInteractive -File (Join-Path $copy 'build.ps1') @args 2>&1 | Out-String).Trim()
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Text = $text }
        }
        finally {
            Pop-Location
        }
    }

    # PowerShell started with these variables; $null takes one away.
    function Invoke-Shell([hashtable] $Environment, [string] $Script) {
        $kept = @{}
        function Set-ProcessVariable([hashtable] $To) {
            foreach ($name in $To.Keys) {
                if ($null -eq $To[$name]) { Remove-Item "Env:$name" -ErrorAction Ignore } else { Set-Item "Env:$name" $To[$name] }
            }
        }
        foreach ($name in $Environment.Keys) {
            $kept[$name] = [Environment]::GetEnvironmentVariable($name)
        }
        try {
            Set-ProcessVariable $Environment
            $text = (& $pwsh -NoProfile -NonInteractive -OutputFormat Text -Command "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script" 2>&1 | Out-String).Trim()
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Text = $text }
        }
        finally {
            Set-ProcessVariable $kept
        }
    }

    # Windows asks the system, not the environment, where a user's folders are: a test there would write into the real ones.
    function Skip-WithoutScratchProfile {
        if ($IsWindows) {
            Set-ItResult -Skipped -Because 'Windows has no variable that gives a process another profile'
        }
    }

    function Skip-UnlessPackaged {
        if ([IO.Path]::GetFullPath($modulePath) -eq [IO.Path]::GetFullPath((Join-Path $root 'out/HostingOps'))) {
            Set-ItResult -Skipped -Because 'the module under test is what the last build assembled; $env:HOSTINGOPS_MODULE can name a packaged one'
        }
    }

    function Get-EntryHash([string] $Archive) {
        $zip = [IO.Compression.ZipFile]::OpenRead($Archive)
        try {
            foreach ($entry in $zip.Entries) {
                $content = $entry.Open()
                "$($entry.FullName) $((Get-FileHash -InputStream $content).Hash)"
                $content.Dispose()
            }
        }
        finally {
            $zip.Dispose()
        }
    }

    function Get-TreeHash([string] $Folder) {
        Get-ChildItem $Folder -Recurse -File | ForEach-Object { "$([IO.Path]::GetRelativePath($Folder, $_.FullName) -replace '\\', '/') $((Get-FileHash -LiteralPath $_.FullName).Hash)" } | Sort-Object -CaseSensitive
    }

    Copy-Source
    $before = Get-TreeHash $copy
    $build = Invoke-Build Package
    $build.ExitCode | Should -Be 0 -Because $build.Text
    $nupkg = (Get-ChildItem (Join-Path $copy 'out/package') -Filter *.nupkg).FullName
    $zip = (Get-ChildItem (Join-Path $copy 'out/package') -Filter *.zip).FullName
    $version = ([xml](Get-Content (Join-Path $root 'Directory.Build.props') -Raw)).Project.PropertyGroup.VersionPrefix
}

Describe 'The module''s folder' {
    It 'is under 25 MB' {
        (Get-ChildItem $modulePath -Recurse -File | Measure-Object Length -Sum).Sum | Should -BeLessThan 25MB
    }

    It 'holds what it should and nothing else' {
        $files = Get-ChildItem $modulePath -Recurse -File -Force | ForEach-Object { [IO.Path]::GetRelativePath($modulePath, $_.FullName) -replace '\\', '/' }
        $own = Get-ChildItem (Join-Path $root 'module') -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath((Join-Path $root 'module'), $_.FullName) -replace '\\', '/' }
        $own = @($own) + 'LICENSE', 'samples/hosting.yml', 'en-US/HostingOps.Cmdlets.dll-Help.xml', 'bin/HostingOps.Abstractions.dll', 'bin/HostingOps.Cmdlets.dll'
        $own | Where-Object { $_ -notin $files } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -notin $own } | Should -Match '^bin/dependencies/([\w.]+\.dll|runtimes/(win-x64|win-arm64)/native/e_sqlite3\.dll|runtimes/(linux-x64|linux-arm64|linux-musl-x64)/native/libe_sqlite3\.so|runtimes/(osx-x64|osx-arm64)/native/libe_sqlite3\.dylib)$'
        @($files -like 'bin/dependencies/runtimes/*').Count | Should -Be 7
    }

    It 'holds no file twice, by its content' {
        Get-ChildItem $modulePath -Recurse -File | Get-FileHash | Group-Object Hash | Where-Object Count -gt 1 | ForEach-Object { $_.Group.Path } | Should -BeNullOrEmpty
    }

    It 'holds no reference assembly' {
        foreach ($file in Get-ChildItem (Join-Path $modulePath 'bin') -Recurse -Filter *.dll | Where-Object FullName -NotMatch '[\\/]native[\\/]') {
            [Text.Encoding]::ASCII.GetString([IO.File]::ReadAllBytes($file.FullName)) | Should -Not -Match 'ReferenceAssemblyAttribute' -Because $file.Name
        }
    }

    It 'names no folder of the machine that built it' {
        Skip-UnlessPackaged
        foreach ($file in Get-ChildItem $modulePath -Recurse -File) {
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            foreach ($encoding in [Text.Encoding]::UTF8, [Text.Encoding]::Unicode) {
                $encoding.GetString($bytes).Contains($root, [StringComparison]::Ordinal) | Should -BeFalse -Because $file.Name
            }
        }
    }
}

Describe 'The manifest' {
    BeforeAll {
        $problems = $null
        $manifest = Test-ModuleManifest (Join-Path $modulePath 'HostingOps.psd1') -WarningVariable problems -WarningAction SilentlyContinue
        $data = Import-PowerShellDataFile (Join-Path $modulePath 'HostingOps.psd1')
    }

    It 'is accepted without a warning' {
        $manifest | Should -Not -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'asks for PowerShell 7.4 or later and no Windows PowerShell' {
        $data.PowerShellVersion | Should -Be '7.4'
        $data.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'has the version of Directory.Build.props' {
        $data.ModuleVersion | Should -Be $version
        (Get-Item (Join-Path $modulePath 'bin/HostingOps.Cmdlets.dll')).VersionInfo.ProductVersion | Should -BeLike "$version*"
    }

    It 'exports by name: no wildcard, no function, alias or variable' {
        $data.CmdletsToExport | Should -Not -Match '[*?]'
        foreach ($kind in 'FunctionsToExport', 'AliasesToExport', 'VariablesToExport') {
            $data[$kind] | Should -BeNullOrEmpty -Because $kind
            $data.ContainsKey($kind) | Should -BeTrue
        }
    }

    It 'exports every cmdlet that its assembly has' {
        $bare = & $pwsh -NoProfile -NonInteractive -Command "(Import-Module '$modulePath/bin/HostingOps.Cmdlets.dll' -PassThru).ExportedCmdlets.Keys"
        $bare | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
    }

    It 'tells a gallery what it is' {
        $told = $data.PrivateData.PSData
        $told.Tags | Should -Contain 'PSEdition_Core'
        $told.Tags | Should -Not -Match '\s'
        ([uri]$told.LicenseUri).Scheme | Should -Be 'https'
        $data.Description.Length | Should -BeGreaterThan 50
        $told.Keys | Should -Not -Contain 'Prerelease'
    }
}

Describe 'build.ps1 Package' {
    It 'prints what it made and how big it is' {
        $build.Text | Should -Match '(?m)^ +\d+\.\d MB  out.package.HostingOps\r?$'
        $build.Text | Should -Match "(?m)^ +\d+\.\d MB  out.package.HostingOps\.$([regex]::Escape($version))\.nupkg\r?`$"
        $build.Text | Should -Match "(?m)^ +\d+\.\d MB  out.package.HostingOps\.$([regex]::Escape($version))\.zip\r?`$"
    }

    It 'leaves the folder alone that a build assembles for the tests' {
        Join-Path $copy 'out/HostingOps' | Should -Not -Exist
        Get-ChildItem $copy -Recurse -Directory | Where-Object { $_.Name -in 'bin', 'obj' -and $_.FullName -notmatch '[\\/]out[\\/]' } | Should -BeNullOrEmpty
    }

    It 'gives the same bytes as a build in another folder' {
        Skip-UnlessPackaged
        Get-TreeHash (Join-Path $copy 'out/package/HostingOps') | Should -Be (Get-TreeHash $modulePath)
    }

    It 'puts the same files into nupkg and zip, and into the nupkg what NuGet wants besides' {
        $module = Get-TreeHash (Join-Path $copy 'out/package/HostingOps')
        Get-EntryHash $zip | Sort-Object -CaseSensitive | Should -Be ($module | ForEach-Object { "HostingOps/$_" } | Sort-Object -CaseSensitive)
        $extra = Get-EntryHash $nupkg | Where-Object { $_ -cnotin $module } | ForEach-Object { $_ -replace ' \w+$' }
        $extra | Sort-Object | Should -Be ('[Content_Types].xml', '_rels/.rels', 'HostingOps.nuspec', 'package/services/metadata/core-properties/nuget.psmdcp' | Sort-Object)
    }

    It 'gives the same packages at another time, and writes no file of the module again' {
        $hashes = (Get-FileHash $nupkg, $zip).Hash
        $times = Get-ChildItem (Join-Path $copy 'out/package/HostingOps') -Recurse -File | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" }
        $again = Invoke-Build Package
        $again.ExitCode | Should -Be 0 -Because $again.Text
        (Get-FileHash $nupkg, $zip).Hash | Should -Be $hashes
        Get-ChildItem (Join-Path $copy 'out/package/HostingOps') -Recurse -File | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" } | Should -Be $times
    }

    It 'makes a zip that expands to a module' {
        Expand-Archive $zip (Join-Path $TestDrive 'expanded')
        & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$(Join-Path $TestDrive 'expanded/HostingOps')'; (Get-HostedSite -InventoryPath (Join-Path (Get-Module HostingOps).ModuleBase samples/hosting.yml)).Count" | Should -Match '^\d+$'
    }

    It 'makes a nupkg that a repository takes: published, found, installed, imported, uninstalled' {
        Skip-WithoutScratchProfile
        $shelf = New-Item (Join-Path $TestDrive 'shelf') -ItemType Directory
        $user = (New-Item (Join-Path $TestDrive 'user') -ItemType Directory).FullName
        $shell = Invoke-Shell @{ HOME = $user; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; PSModulePath = $null } @"
            Register-PSResourceRepository Shelf '$shelf' -Trusted
            Publish-PSResource -NupkgPath '$nupkg' -Repository Shelf
            `$found = Find-PSResource HostingOps -Repository Shelf
            "found `$(`$found.Version) of `$(`$found.Author), `$(`$found.Tags.Count -gt 5)"
            Install-PSResource HostingOps -Repository Shelf
            Import-Module HostingOps
            "imported `$((Get-Module HostingOps).ModuleBase)"
            "sites `$(@(Get-HostedSite -InventoryPath (Join-Path (Get-Module HostingOps).ModuleBase samples/hosting.yml)).Count -gt 0)"
            "help `$((Get-Help Get-HostedSite).Synopsis)"
            Remove-Module HostingOps
            & '$pwsh' -NoProfile -NonInteractive -Command Uninstall-PSResource HostingOps
            "left `$(@(Get-Module HostingOps -ListAvailable).Count)"
"@
        $shell.ExitCode | Should -Be 0 -Because $shell.Text
        $shell.Text | Should -Match "(?m)^found $([regex]::Escape($version)) of HostingOps contributors, True"
        $shell.Text | Should -Match "(?m)^imported $([regex]::Escape($user))[\\/].*[\\/]HostingOps[\\/]$([regex]::Escape($version))"
        $shell.Text | Should -Match '(?m)^sites True'
        $shell.Text | Should -Match '(?m)^help Gives the sites of the inventory\.'
        $shell.Text | Should -Match '(?m)^left 0'
    }
}

Describe 'The other tasks of build.ps1' {
    It 'Install puts the module where PowerShell finds it by name, a prerelease too, and over an older one' {
        Skip-WithoutScratchProfile
        $user = (New-Item (Join-Path $TestDrive 'installer') -ItemType Directory).FullName
        $shell = Invoke-Shell @{ XDG_DATA_HOME = $user; PSModulePath = $null } @"
            `$first = & '$copy/build.ps1' Install
            Set-Content (Join-Path (`$first[-1] -replace '^Installed in ') 'stale.txt') 'of an older build'
            & '$copy/build.ps1' Install -VersionSuffix beta1
            `$module = Import-Module HostingOps -PassThru
            "imported `$(`$module.ModuleBase)"
            "version `$(`$module.Version)-`$(`$module.PrivateData.PSData.Prerelease)"
            "commands `$(`$module.ExportedCommands.Count)"
            "stale `$(Test-Path (Join-Path `$module.ModuleBase stale.txt))"
"@
        $shell.ExitCode | Should -Be 0 -Because $shell.Text
        $shell.Text | Should -Match "(?m)^imported $([regex]::Escape($user)).*[\\/]HostingOps[\\/]$([regex]::Escape($version))"
        $shell.Text | Should -Match "(?m)^version $([regex]::Escape($version))-beta1"
        $shell.Text | Should -Match '(?m)^commands [1-9]'
        $shell.Text | Should -Match '(?m)^stale False'
    }

    It 'Analyze is content with the repository' {
        if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'the module PSScriptAnalyzer is not installed'
        }
        $text = & $pwsh -NoProfile -NonInteractive -File (Join-Path $root 'build.ps1') Analyze 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $text
    }

    It 'Analyze fails when it finds something' {
        if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
            Set-ItResult -Skipped -Because 'the module PSScriptAnalyzer is not installed'
        }
        $null = New-Item (Join-Path $copy 'tests/pester') -ItemType Directory
        Copy-Item (Join-Path $root 'tests/pester/PSScriptAnalyzerSettings.psd1') (Join-Path $copy 'tests/pester')
        Set-Content (Join-Path $copy 'samples/bad.ps1') 'gci | % { $_ }'
        $bad = Invoke-Build Analyze
        $bad.ExitCode | Should -Not -Be 0
        $bad.Text | Should -Match 'PSAvoidUsingCmdletAliases'
        Remove-Item (Join-Path $copy 'samples/bad.ps1')
        Remove-Item (Join-Path $copy 'tests') -Recurse
    }

    It 'Clean leaves what was there before the first build' {
        $project = Join-Path $copy 'src/HostingOps.Engine'
        foreach ($made in 'bin', 'obj') {
            $null = New-Item (Join-Path $project "$made/Debug") -ItemType Directory -Force
            Set-Content (Join-Path $project "$made/Debug/x.dll") ''
        }
        $clean = Invoke-Build Clean
        $clean.ExitCode | Should -Be 0 -Because $clean.Text
        Get-TreeHash $copy | Should -Be $before
        Join-Path $project 'obj' | Should -Not -Exist
    }

    It 'a failure gives a non-zero exit code and stops: <_>' -ForEach 'Package', 'Install', 'Build', 'Test', 'Nonsense' {
        Rename-Item (Join-Path $copy 'src') 'elsewhere'
        try {
            $failed = Invoke-Build $_
            $failed.ExitCode | Should -Not -Be 0
            $failed.Text | Should -Not -BeNullOrEmpty
            Join-Path $copy 'out/package' | Should -Not -Exist
        }
        finally {
            Rename-Item (Join-Path $copy 'elsewhere') 'src'
        }
    }

    It 'a version suffix that PowerShell would not take is refused' {
        (Invoke-Build Package -VersionSuffix 'beta.1').ExitCode | Should -Not -Be 0
    }
}
