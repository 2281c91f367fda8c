import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Counts the calls of a method in the syntax trees of files. */
public final class FindCalls {
    public static void main(String[] args) throws Exception {
        List<File> files = Files.readAllLines(Path.of(args[0])).stream().map(File::new).collect(Collectors.toList());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int[] found = {0};
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromFiles(files));
            task.parse().forEach(unit -> unit.accept(new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                    Object name = call.getMethodSelect() instanceof IdentifierTree
                            ? ((IdentifierTree) call.getMethodSelect()).getName()
                            : ((MemberSelectTree) call.getMethodSelect()).getIdentifier();
                    found[0] += name.toString().equals(args[1]) ? 1 : 0;
                    return super.visitMethodInvocation(call, nothing);
                }
            }, null));
        }
        System.out.println(files.size() + " files, " + found[0] + " found");
    }
}
